/**
 * Shows the same records to people: comment, summary, terminal. Agent text is never markdown here.
 */
@NullMarked
package dev.optr.report;

import org.jspecify.annotations.NullMarked;
