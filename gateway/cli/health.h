#pragma once
/* Whether the gateway does its work. */

#include <stdbool.h>

/* It answers where SHEGONG_LISTEN says, within 3 s. */
bool health_gateway(void);
