@NullMarked
package dev.optr.demo;

import org.jspecify.annotations.NullMarked;
