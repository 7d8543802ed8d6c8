/** Captures the traffic of Kubernetes pods, through the fabric8 client. */
@NullMarked
package io.podcapture.fabric8;

import org.jspecify.annotations.NullMarked;
