/** Reads the workflow file: YAML in, a Workflow or all of its errors out. */
@NullMarked
package dev.optr.workflow;

import org.jspecify.annotations.NullMarked;
