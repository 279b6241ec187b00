import { request } from 'node:http';

export interface HttpResponse {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Sends one HTTP request by node:http, which can set Host and Origin; fetch cannot. */
export function httpRequest(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer },
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers });
    sent.on('error', reject).on('response', response => {
      let body = '';
      response.on('data', data => {
        body += data;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.end(body);
  });
}
