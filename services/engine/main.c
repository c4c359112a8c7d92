/* The main() of each service: SERVICE is the name that its folder exports. */
#include "engine/run.h"

int main(int argc, char **argv)
{
	return run_service(&SERVICE, argc, argv);
}
