console.error("SHOP_SECRET is missing");
process.exitCode = 3;
