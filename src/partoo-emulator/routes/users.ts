import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callerOf } from '../http/access.ts';
import { read } from '../http/parameters.ts';

export function userRoutes(app: FastifyInstance): void {
  app.get('/user/me', async request => {
    read(z.strictObject({}), request.query);
    return callerOf(request);
  });
}
