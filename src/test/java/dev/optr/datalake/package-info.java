@NullMarked
package dev.optr.datalake;

import org.jspecify.annotations.NullMarked;
