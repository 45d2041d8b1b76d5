/**
 * Carries out what was decided and recorded: a Plan of Effects in, done out. The only step that
 * changes the world.
 */
@NullMarked
package dev.optr.execution;

import org.jspecify.annotations.NullMarked;
