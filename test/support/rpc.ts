/** A JSON-RPC request. */
export const rpc = <Params extends object | undefined = undefined>(
  method: string,
  params?: Params,
  id: string | number = 1,
) => ({ jsonrpc: '2.0', id, method, ...(params && { params }) }) as RpcRequest<Params>;

interface RpcRequest<Params> {
  jsonrpc: '2.0';
  id: string | number;
  method: string;
  params: Params;
}
