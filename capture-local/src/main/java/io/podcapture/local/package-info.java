/** Captures without Kubernetes: the traffic of Docker and Podman containers, of processes and network namespaces. */
@NullMarked
package io.podcapture.local;

import org.jspecify.annotations.NullMarked;
