/** A Kubernetes cluster in memory, for tests of what captures on clusters. */
@NullMarked
package io.podcapture.testkit.cluster;

import org.jspecify.annotations.NullMarked;
