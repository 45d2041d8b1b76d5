@NullMarked
package dev.optr.workflow;

import org.jspecify.annotations.NullMarked;
