// Where the browser asks for trusted types, the address of every script that the page or its worker starts comes by
// here: it must be of the page's own origin. Imported by every module that
// starts one.

// The first script and the page's modules are built apart, and each brings this; a second policy would be refused.
if (typeof trustedTypes !== 'undefined' && !trustedTypes.defaultPolicy) {
  trustedTypes.createPolicy('default', {
    createScriptURL(address) {
      const { origin, href } = new URL(address, location.href);
      if (origin !== location.origin) throw new TypeError(`${address}: not a script of this page`);
      return href;
    },
  });
}
