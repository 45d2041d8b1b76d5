/**
 * GitHub: events, pull requests, commit statuses, check runs, comments, permissions, git data.
 * hub4j has its only home here, and is used where it costs no request that nobody needs. Every base
 * URL comes from the environment.
 */
@NullMarked
package dev.optr.github;

import org.jspecify.annotations.NullMarked;
