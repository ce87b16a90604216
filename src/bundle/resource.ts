/** The name of the customer list in a bundle. In a file of its own, because threads need the name and not the schemas beside it. */
export const RESOURCE = 'customers';
