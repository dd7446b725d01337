"""One screen each: rows asked of a service and shown, answers collected and handed over."""
