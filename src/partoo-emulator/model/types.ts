// The API's objects, as Partoo documents them.

export type BusinessStatus = 'open' | 'closed' | 'opening_soon' | 'temporarily_closed';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type OpenHours = Record<(typeof WEEKDAYS)[number], string[]>;

export interface SpecificHours {
  open: { starts_at: string; ends_at: string; open_hours: string[] }[];
  close: { starts_at: string; ends_at: string }[];
}

interface Contact {
  name?: string | null;
  email?: string | null;
  phone_numbers?: string[];
  fax?: string | null;
}

interface Photos {
  LOGO?: string | null;
  primary?: string | null;
  secondary?: string[];
}

export interface Business {
  id: string;
  created: number;
  modified: number;
  code: string;
  status: BusinessStatus;
  opening_date: string | null;
  org_id: number;
  groups: number[];
  name: string;
  address: string;
  address_full: string;
  address2: string | null;
  city: string;
  zipcode: string;
  region: string | null;
  country: string;
  default_lang: string;
  categories: string[];
  time_slot_reference: string[];
  open_hours: OpenHours;
  specific_hours: SpecificHours;
  description_short: string | null;
  description_long: string | null;
  website_url: string | null;
  facebook_url: string | null;
  twitter_url: string | null;
  google_location_id: string | null;
  facebook_page_id: string | null;
  national_identification_number: string | null;
  logo_url: string | null;
  contacts: Contact[];
  photos: Photos;
  lat: number;
  long: number;
  subscriptions: Record<string, { active: boolean }>;
  features: string[];
}

export const PARTNERS = ['google_my_business', 'facebook', 'tripadvisor'] as const;
export type Partner = (typeof PARTNERS)[number];

export type ReviewState = 'treated' | 'not_treated' | 'deleted' | 'pending_auto_reply' | 'treated_auto_reply';

export interface Tag {
  id: number;
  label: string;
  color: string;
}

export interface Comment {
  id: number;
  partner_id: string | null;
  created: string;
  author_name: string;
  content: string;
  date: string;
  update_date: string;
  can_edit: boolean;
  review_id: number;
  parent_id: number | null;
  user_id: string | null;
  is_reply_suggestion: boolean;
  replies: Comment[];
}

export interface Review {
  key: string;
  org_id: number;
  id: number;
  business_id: string;
  partner: Partner;
  partner_id: string;
  author_name: string;
  date: string;
  update_date: string;
  delete_date: string | null;
  rating: number | null;
  recommended: boolean | null;
  title: string | null;
  content: string | null;
  state: ReviewState;
  link: string | null;
  comments: Comment | null;
  tags: Tag[];
}

/** An AI suggestion for a reply, kept once it is made. */
export interface Suggestion {
  id: number;
  index: number;
  review_id: number;
  content: string;
  report: null;
}

export interface Template {
  id: number;
  org_id: number;
  update_date: string;
  creation_date: string;
  language: string;
  title: string;
  text: string;
  negative: boolean;
  neutral: boolean;
  positive: boolean;
}

export interface Message {
  id: number;
  conversation_id: number;
  date: string;
  content_type: string;
  sender_type: 'User' | 'Consumer' | 'Metadata';
  sender_label: string;
  status: 'Sending' | 'Success' | 'Failed';
  is_deleted: boolean;
  content: string;
  user_id: string | null;
  custom_channel: string | null;
}

export interface Conversation {
  id: number;
  consumer_img: string | null;
  consumer_name: string;
  consumer_phone_number: string | null;
  /** Partoo does not document its shape. */
  last_message: Message;
  is_read: boolean;
  status: string;
  created_at: string;
  has_one_user_message: boolean;
  business: {
    id: string;
    name: string;
    city: string;
    zipcode: string;
    country: string;
    formatted_address: string;
  };
  messaging_partner: string;
  issues: string[];
  first_message_date: string;
  is_expired: boolean;
  is_solved: boolean;
  assigned_user_id: string | null;
  custom_channel: string | null;
}

export const PUBLISHERS = ['google_my_business', 'facebook', 'instagram'] as const;
export type Publisher = (typeof PUBLISHERS)[number];

export const POST_STATES = [
  'live',
  'to_configure',
  'pending',
  'scheduled',
  'error',
  'expired',
  'to_validate',
] as const;
export type PostState = (typeof POST_STATES)[number];

export interface Post {
  id: number;
  business_id: string;
  post_type: 'news' | 'event' | 'offer' | 'alert';
  summary: string;
  schedule_time: string | null;
  expiration_time: string | null;
  validation_time: string | null;
  post_medias: { media_url: string[] }[];
  created_at: string;
  updated_at: string;
  created_on_partoo: boolean;
  updated_on_partoo: boolean;
  business_info: { id: string; name: string; address_full: string; city: string; zipcode: string };
  post_insight: { name: Publisher; click_count: number; view_count: number }[];
  post_status: { name: Publisher; state: PostState; link: string | null }[];
  offer_terms: string | null;
  offer_code: string | null;
  cta_link: string | null;
  cta_type: string | null;
}
