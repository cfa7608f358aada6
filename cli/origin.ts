/** How a request reached us. */
export interface Origin {
  protocol: 'http' | 'https';
  host: string;
  address: string;
}
