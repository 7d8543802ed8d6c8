/** Capture files: reading, writing and merging pcap and pcapng. */
@NullMarked
package io.podcapture.pcap;

import org.jspecify.annotations.NullMarked;
