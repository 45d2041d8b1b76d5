/** Measurements of the figures that the program is held to; started by the scripts in bench/. */
@org.jspecify.annotations.NullMarked
package dev.optr.bench;
