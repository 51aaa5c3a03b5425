/** What in a document goes out by itself, or sends somebody elsewhere: each by what it is called, given an address. */
export type Leak = (address: string) => string;

const css = (style: string) => `<style>${style}</style><p class="a">x</p>`;

/** Of themselves, as soon as they stand there. */
export const leaks: Readonly<Record<string, Leak>> = {
  image: (to) => `<img src="${to}">`,
  srcset: (to) => `<img srcset="${to} 1x, ${to}/2 2x">`,
  picture: (to) => `<picture><source srcset="${to}"><img src="data:,"></picture>`,
  "image button": (to) => `<input type=image src="${to}">`,
  poster: (to) => `<video poster="${to}"></video>`,
  video: (to) => `<video src="${to}" autoplay muted preload=auto></video>`,
  audio: (to) => `<audio src="${to}" preload=auto></audio>`,
  track: (to) => `<video autoplay muted><source src="${to}"><track default src="${to}/t"></video>`,
  embed: (to) => `<embed src="${to}">`,
  object: (to) => `<object data="${to}"></object>`,
  iframe: (to) => `<iframe src="${to}"></iframe>`,
  srcdoc: (to) => `<iframe srcdoc='<img src="${to}">'></iframe>`,
  "srcdoc that frees itself": (to) =>
    `<iframe sandbox="allow-scripts allow-same-origin allow-top-navigation" srcdoc='<script>fetch("${to}")</script>'></iframe>`,
  "frame of data": (to) => `<iframe src='data:text/html,<img src="${to}">'></iframe>`,
  frameset: (to) => `<frameset><frame src="${to}"></frameset>`,
  fencedframe: (to) => `<fencedframe src="${to}"></fencedframe>`,
  portal: (to) => `<portal src="${to}"></portal>`,
  stylesheet: (to) => `<link rel=stylesheet href="${to}">`,
  "stylesheet of data": (to) => `<link rel=stylesheet href='data:text/css,@import "${to}";'>`,
  icon: (to) => `<link rel=icon href="${to}">`,
  manifest: (to) => `<link rel=manifest href="${to}">`,
  preload: (to) => `<link rel=preload as=image href="${to}">`,
  "preload of a set": (to) => `<link rel=preload as=image imagesrcset="${to} 1x">`,
  modulepreload: (to) => `<link rel=modulepreload href="${to}">`,
  prefetch: (to) => `<link rel=prefetch href="${to}">`,
  preconnect: (to) => `<link rel=preconnect href="${to}">`,
  "preconnect with cookies": (to) => `<link rel="preconnect" crossorigin="use-credentials" href="${to}">`,
  "dns-prefetch": (to) => `<link rel=dns-prefetch href="${to}">`,
  "dns-prefetch of links": (to) => `<meta http-equiv=x-dns-prefetch-control content=on><a href="${to}">x</a>`,
  prerender: (to) => `<link rel=prerender href="${to}">`,
  dictionary: (to) => `<link rel=compression-dictionary href="${to}">`,
  "speculation rules": (to) =>
    `<script type=speculationrules>{"prefetch":[{"urls":["${to}"]}],"prerender":[{"urls":["${to}/2"]}]}</script>`,
  script: (to) => `<script src="${to}"></script>`,
  module: (to) => `<script type=module>import "${to}"</script>`,
  "script in a shadow": (to) =>
    `<div><template shadowrootmode=open><img src="${to}"><style>@import "${to}/s"</style></template></div>`,
  "without scripts": (to) => `<noscript><img src="${to}"></noscript>`,
  "css import": (to) => css(`@import "${to}";`),
  "css background": (to) => css(`.a{background:url(${to})}`),
  "css image set": (to) => css(`.a{background:image-set("${to}" 1x)}`),
  "css content": (to) => css(`.a::before{content:url(${to})}`),
  "css border": (to) => css(`.a{border:9px solid;border-image:url(${to}) 1}`),
  "css list": (to) => css(`.a{display:list-item;list-style-image:url(${to})}`),
  "css mask": (to) => css(`.a{mask:url(${to}#m)}`),
  "css filter": (to) => css(`.a{filter:url(${to}#f)}`),
  "css font": (to) => css(`@font-face{font-family:f;src:url(${to})}.a{font-family:f}`),
  "css by attribute": (to) => css(`[class^=a]{background:url(${to}/a)}`),
  "style attribute": (to) => `<p style="background:url(${to})">x</p>`,
  "old background": (to) => `<table background="${to}"><td>x</table>`,
  "body's background": (to) => `<body background="${to}">`,
  "svg image": (to) => `<svg><image href="${to}" width=9 height=9 /></svg>`,
  "svg use": (to) => `<svg><use href="${to}#a" /></svg>`,
  "svg filter": (to) =>
    `<svg><filter id=f><feImage href="${to}" /></filter><rect width=9 height=9 filter=url(#f) /></svg>`,
  "svg style": (to) => `<svg><style>@import "${to}";</style></svg>`,
  "svg script": (to) => `<svg><script href="${to}"></script></svg>`,
  "svg that becomes an address": (to) =>
    `<svg><image width=9 height=9><set attributeName=href to="${to}" /></image></svg>`,
  base: (to) => `<base href="${to}/"><img src="pixel">`,
  refresh: (to) => `<meta http-equiv=refresh content="0;url=${to}">`,
  "refresh in a comment's shade": (to) => `<!--><meta http-equiv=refresh content='0;URL="${to}"'>-->`,
  "a policy of its own": (to) =>
    `<meta http-equiv=content-security-policy content="default-src *; report-uri ${to}"><img src="${to}/2">`,
  "where it counts": (to) => `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" attributionsrc="${to}">`,
  referrer: (to) => `<meta name=referrer content=unsafe-url><img src="${to}" referrerpolicy=unsafe-url>`,
  "more head": (to) => `</body></html><head><link rel=stylesheet href="${to}"><base href="${to}">`,
  "xml stylesheet": (to) => `<?xml-stylesheet href="${to}"?>`,
  "script that asks": (to) =>
    `<script>fetch("${to}");new Image().src="${to}/2";navigator.sendBeacon("${to}/3")</script>`,
  "handler that asks": (to) => `<img src=x onerror='new Image().src="${to}"'>`,
  "script that leads away": (to) => `<script>top.location="${to}"</script>`,
  "script that opens": (to) => `<script>open("${to}")</script>`,
  "script that sends a form": (to) =>
    `<form action="${to}" method=post><input name=a></form><script>document.forms[0].submit()</script>`,
  "script that speaks": (to) => `<script>parent.postMessage({ type: "hello", to: "${to}" }, "*")</script>`,
  "script that connects": (to) =>
    `<script>new WebSocket("${to}".replace("http", "ws"));new EventSource("${to}")</script>`,
};

/** Once somebody clicks there. */
export const lures: Readonly<Record<string, Leak>> = {
  link: (to) => `<a href="${to}">here</a>`,
  "link to the top": (to) => `<a target=_top href="${to}">here</a>`,
  "link to the parent": (to) => `<a target=_parent href="${to}">here</a>`,
  "link to another tab": (to) => `<a target=_blank rel=opener href="${to}">here</a>`,
  "link that tells": (to) => `<a href="#" ping="${to}">here</a>`,
  "link that is counted": (to) => `<a href="#" attributionsrc="${to}">here</a>`,
  download: (to) => `<a download=x href="${to}">here</a>`,
  "download of data": () => `<a download=leak href="data:text/plain,leak">here</a>`,
  "link of a script": (to) => `<a href="javascript:alert(1),fetch('${to}')">here</a>`,
  "link of data": (to) => `<a target=_top href='data:text/html,<img src="${to}">'>here</a>`,
  base: (to) => `<base target=_top href="${to}/"><a href="x">here</a>`,
  form: (to) => `<form action="${to}"><button name=a value=b>here</button></form>`,
  "form that sends": (to) => `<form action="${to}" method=post enctype=text/plain><button>here</button></form>`,
  "form to the top": (to) => `<form action="${to}" target=_top><button>here</button></form>`,
  "button of a form": (to) => `<form><button formaction="${to}" formtarget=_blank>here</button></form>`,
  "picture that sends": (to) => `<form action="${to}"><input type=image alt="here" src="data:,"></form>`,
  map: (to) =>
    `<img usemap=#m width=90 height=90 alt=x><map name=m><area shape=rect coords=0,0,90,90 href="${to}"></map>`,
  "svg link": (to) => `<svg><a href="${to}" target=_top><text y=20>here</text></a></svg>`,
  "math link": (to) => `<math><mtext href="${to}">here</mtext></math>`,
  "opened details": (to) =>
    `<details ontoggle="fetch('${to}')"><summary>here</summary><img src="${to}/2" loading=lazy></details>`,
  handler: (to) => `<button onclick="top.location='${to}'">here</button>`,
  "frame by name": (to) => `<iframe name=inner></iframe><a target=inner href="${to}">here</a>`,
};
