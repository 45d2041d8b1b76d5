/** What is wanted, normalised and frozen: event and workflow in, an Intent with its digest out. */
@NullMarked
package dev.optr.intent;

import org.jspecify.annotations.NullMarked;
