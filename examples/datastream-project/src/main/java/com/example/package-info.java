/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/** A project to copy: one job, and a pom with all that a DataStream job with this source needs. */
package com.example;
