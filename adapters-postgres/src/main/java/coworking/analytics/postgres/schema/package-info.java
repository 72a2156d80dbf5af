/** The schema: migrations, adoption of existing tables, and installation, audit and removal of the roll-ups. */
@NullMarked
package coworking.analytics.postgres.schema;

import org.jspecify.annotations.NullMarked;
