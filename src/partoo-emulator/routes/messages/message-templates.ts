import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { messageTemplatesOf } from '../../data/message-templates.ts';
import type { State } from '../../data/state.ts';
import { callerOf } from '../../http/access.ts';
import { read } from '../../http/parameters.ts';

export function messageTemplateRoutes(app: FastifyInstance, state: State): void {
  // A bare array, without pages.
  app.get('/messaging/templates', async request => {
    read(z.strictObject({}), request.query);
    return messageTemplatesOf(callerOf(request).org_id, state.nowMs);
  });
}
