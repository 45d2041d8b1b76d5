/**
 * Conditions in CEL over a change and its intent: an expression in, a rule or its errors out; facts
 * in, a verdict out. Imports base alone; nothing of CEL is loaded before the first expression is
 * compiled.
 */
@NullMarked
package dev.optr.rules;

import org.jspecify.annotations.NullMarked;
