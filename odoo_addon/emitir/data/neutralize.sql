-- A copied database never issues for real: without its token nothing can be sent.
UPDATE res_company
   SET emitir_activo = false,
       emitir_token = NULL,
       emitir_ambiente = NULL,
       emitir_prueba = NULL,
       emitir_prueba_bien = false
 WHERE emitir_token IS NOT NULL OR emitir_activo;
UPDATE ir_cron SET active = false
 WHERE id IN (SELECT res_id FROM ir_model_data WHERE module = 'emitir' AND model = 'ir.cron');
