@NullMarked
package dev.optr.github;

import org.jspecify.annotations.NullMarked;
