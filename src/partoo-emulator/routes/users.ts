import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PERMISSION_SECTIONS } from '../data/permissions.ts';
import { callerOf } from '../http/access.ts';
import { notAllowed } from '../http/errors.ts';
import { read } from '../http/parameters.ts';
import { ORGANIZATIONS } from '../model/keys.ts';

export function userRoutes(app: FastifyInstance): void {
  app.get('/user/me', async request => {
    read(z.strictObject({}), request.query);
    return callerOf(request);
  });

  app.get('/permissions', async request => {
    read(z.strictObject({}), request.query);
    callerOf(request);
    return { sections: PERMISSION_SECTIONS };
  });

  app.get<{ Params: { org_id: string } }>('/org/:org_id', async request => {
    read(z.strictObject({}), request.query);
    const { org_id } = callerOf(request);
    const organization = ORGANIZATIONS.find(each => each.org_id === org_id);
    if (String(org_id) !== request.params.org_id || !organization) throw notAllowed();
    return organization;
  });
}
