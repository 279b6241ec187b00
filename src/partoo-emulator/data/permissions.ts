const ADMINS_ONLY = ['GROUP_MANAGER', 'BUSINESS_MANAGER', 'PUBLISHER'];

const permission = (name: string, order: number, disabled_for_roles: string[] = []) => ({
  name,
  order,
  feature: null,
  depends_on: null,
  disabled_for_roles,
});

/** As `GET /permissions` lists them; Partoo documents a few of the names. */
export const PERMISSION_SECTIONS = [
  {
    name: 'presence_management',
    order: 1,
    subsections: [
      {
        name: 'business',
        permissions: [
          permission('business_read', 1),
          permission('business_edit', 2),
          permission('business_edit_name', 3, ADMINS_ONLY),
          permission('business_create', 4, ADMINS_ONLY),
        ],
      },
      { name: 'post', permissions: [permission('post_create', 1), permission('post_draft', 2, ADMINS_ONLY)] },
    ],
  },
  {
    name: 'review_management',
    order: 2,
    subsections: [
      { name: 'review', permissions: [permission('review_read', 1), permission('review_reply', 2)] },
    ],
  },
];
