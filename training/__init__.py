"""Makes the shipped model: reads gold data, trains, exports. Never imported by ``kg``."""
