/** The capture filter: the language of libpcap, checked and compiled without it. */
@NullMarked
package io.podcapture.pcap.filter;

import org.jspecify.annotations.NullMarked;
