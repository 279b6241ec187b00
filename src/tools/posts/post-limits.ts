/** Limits of a post that Partoo documents. The view of posts shows them too. */

/** Characters of `summary` that a platform accepts. */
export const SUMMARY_MAX: Readonly<Record<string, number>> = {
  google_my_business: 1_500,
  facebook: 10_000,
  instagram: 2_200,
};

export const SCHEDULE_AHEAD_MS = 2 * 60 * 60 * 1_000;
