/** The Actions runner's side: environment and inputs, workflow commands, outputs, step summary. */
@NullMarked
package dev.optr.actions;

import org.jspecify.annotations.NullMarked;
