/** Tests of bundles and of the jobs that verify them. */
@NullMarked
package dev.optr.bundle;

import org.jspecify.annotations.NullMarked;
