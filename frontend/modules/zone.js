// Tells the server the reader's time zone, so that the next page prints times on the reader's clock (and in UTC+8 beside it).
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.includes(`leitai_zone=${zone}`))
  document.cookie = `leitai_zone=${zone}; path=/; max-age=31536000; samesite=lax`;
