/** A capture method of one's own: it takes packets from a capture file that somebody else writes. */
@NullMarked
package com.example.tail;

import org.jspecify.annotations.NullMarked;
