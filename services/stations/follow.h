/* What stations follow: the approved lists and the trainees of personnel; and what personnel and
 * funding say to changes.  Rules that read a copied record include this. */
#pragma once

#include "engine/service.h"
#include "shegong/funding/v1/funding.pb-c.h"
#include "shegong/personnel/v1/personnel.pb-c.h"

/* The people of selection lists, as personnel has them; an approved one never changes again. */
extern const struct table selected_professionals;

/* The trainees of projects. */
extern const struct table trainees;

extern const struct copy stations_copies[];
extern const struct reaction stations_reactions[];
