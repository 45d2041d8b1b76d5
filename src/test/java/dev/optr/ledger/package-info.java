@NullMarked
package dev.optr.ledger;

import org.jspecify.annotations.NullMarked;
