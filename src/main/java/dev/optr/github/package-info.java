/**
 * GitHub's REST API by hub4j, its only home: pull request, commit statuses, comments, git data.
 * Every base URL comes from the environment.
 */
@NullMarked
package dev.optr.github;

import org.jspecify.annotations.NullMarked;
