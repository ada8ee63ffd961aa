import { agency } from './agency.ts';
import { inHouse } from './inHouse.ts';
import { type Pipeline, pipelineSchema } from './pipeline.ts';

/** The pipelines that come with the product; an agency copies and edits them. */
export const shippedPipelines: Pipeline[] = [agency, inHouse].map((draft) => pipelineSchema.parse(draft));
