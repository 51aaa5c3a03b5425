/** What every attack would like to have on the page: it runs when it is ever an element. */
export const RUNS = "<img src=x onerror=alert(1)>";
