/**
 * Asks every lane and keeps each answer the moment it is whole: a question in, one typed answer per
 * lane out. What an agent says of itself is a claim and decides nothing.
 */
@NullMarked
package dev.optr.agents;

import org.jspecify.annotations.NullMarked;
