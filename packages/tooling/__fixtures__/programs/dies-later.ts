process.send?.({ ready: true, url: "http://127.0.0.1:1" }, () => {
  console.error("the disk is full");
  process.exit(4);
});
