/** The control API as OpenAPI 3.1, made from its routes; the libraries that do it are loaded only when somebody asks. */
export async function openApiDocument(): Promise<object> {
  const { makeDocument } = await import("./make-document.ts");
  return await makeDocument();
}
