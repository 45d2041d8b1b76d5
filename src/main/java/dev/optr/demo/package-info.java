/**
 * The four providers of {@code optr demo}, played over HTTP on loopback from recorded
 * conversations, so that the demo goes through the very adapters that users run.
 */
@NullMarked
package dev.optr.demo;

import org.jspecify.annotations.NullMarked;
