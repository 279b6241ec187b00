import { variableOf } from '../../deployment/credentials.ts';
import type { Snippet } from './header.ts';

/** `mcp` 2, which brings httpx2 */
export const python: Snippet = (url, header, { name, args }) => {
  const call = `await client.call_tool("${name}", ${JSON.stringify(args).replaceAll('":', '": ')})`;
  if (!header) {
    return `import asyncio

from mcp import Client


async def main():
    async with Client("${url}") as client:
        found = ${call}
        print(found.structured_content)


asyncio.run(main())`;
  }
  const secret = `os.environ["${variableOf(header)}"]`;
  return `import asyncio
import os

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

URL = "${url}"
HEADERS = {"${header.name}": ${header.prefix ? `"${header.prefix}" + ` : ''}${secret}}


async def main():
    async with httpx2.AsyncClient(headers=HEADERS, timeout=60) as http:
        async with Client(streamable_http_client(URL, http_client=http)) as client:
            found = ${call}
            print(found.structured_content)


asyncio.run(main())`;
};
