@NullMarked
package dev.optr.report;

import org.jspecify.annotations.NullMarked;
