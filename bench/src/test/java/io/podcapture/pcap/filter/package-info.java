/** Runs filters alone; in the package of what is not public. */
@NullMarked
package io.podcapture.pcap.filter;

import org.jspecify.annotations.NullMarked;
